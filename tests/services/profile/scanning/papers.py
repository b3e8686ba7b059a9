"""Lines as the OCR reads them off papers of one invented person."""

from services.profile.scanning.outcome import Box, Line

ID_NUMBER = "371402198504162376"


def lines(*texts: str, score: float = 0.99) -> list[Line]:
    """One line under the other, each as wide as half the page."""
    step = round(1 / (len(texts) + 1), 4)
    return [Line(text, score, 1, Box(0.1, round(at * step, 4), 0.5, 0.04)) for at, text in enumerate(texts)]


FRONT = lines(
    "姓名张伟", "性别男", "民族漢", "出生1985年4月16日", "住址山东省德州市德城区湖", "滨北路288号", "公民身份号码",
    ID_NUMBER,
)  # fmt: skip
BACK = lines("中华人民共和国", "居民身份证", "签发机关 示例市公安局示例分局", "有效期限 2018.05.20-2038.05.20")
LONG_TERM = lines("居民身份证", "签发机关", "示例市公安局", "有效期限", "2018.05.20-长期")
PASSPORT = lines(
    "护照 PASSPORT", "E12345678", "DOU, MIN", "1971-07-21", "P<CHNDO∪<<MIN<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
    "E123456782CHN7107218F3106305<<<<<<<<<<<<<<04",
)  # fmt: skip
DIPLOMA = lines(
    "毕业证书", "学生张伟，性别男，1985年4月16日生，", "于2004年9月至2008年6月在本校材料成型及",
    "控制工程专业四年制本科学习，修完教学计划规", "证书编号：104221200805012345", "山东大学", "2008年6月30日",
)  # fmt: skip
DEGREE = lines(
    "工学学士学位证书", "张伟，男，1985年4月16日生。在山东大", "学材料成型及控制工程专业完成了规定的学习，",
    "证书编号：1042242008012345", "山东大学", "二〇〇八年六月三十日",
)  # fmt: skip
TITLE = lines("任职资格证书", "姓名", "张伟", "批准时间", "2019年12月20日", "证书编号", "鲁2019A0123456")
