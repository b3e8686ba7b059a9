"""How names read in Latin letters: surnames as families say them, syllables apart or as usernames are written."""

import pytest

from shared.programmes.facts import pinyin


@pytest.mark.parametrize(
    ("name", "apart", "username"),
    [
        ("张伟", "zhang wei", "zhang.wei"),
        ("单田芳", "shan tian fang", "shan.tianfang"),
        ("曾志伟", "zeng zhi wei", "zeng.zhiwei"),
        ("欧阳娜", "ou yang na", "ouyang.na"),
        ("长孙无忌", "zhang sun wu ji", "zhangsun.wuji"),
        ("仇英", "qiu ying", "qiu.ying"),
        ("翟天", "zhai tian", "zhai.tian"),
        ("解放", "xie fang", "xie.fang"),
        ("单", "shan", "shan"),
        ("买买提·艾力", "mai mai ti ai li", "mai.maitiaili"),
        ("𠮷野", "ye", "ye"),
        ("John O'Brien", "john o brien", "john.o.brien"),
        ("Anna-Maria O'Neil", "anna maria o neil", "anna.maria.o.neil"),
        ("", "", ""),
    ],
)
def test_a_name_reads_with_its_surname_first(name: str, apart: str, username: str) -> None:
    assert (pinyin.of_person(name), pinyin.for_username(name)) == (apart, username)


def test_an_organization_reads_in_one_piece_and_by_its_initials() -> None:
    assert (pinyin.of_title("鲁北新材料"), pinyin.initials("鲁北新材料")) == ("lubeixincailiao", "lbxcl")
