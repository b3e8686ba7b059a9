"""The options of a select: drawn once a list and language, one of them chosen, nothing of a name taken as markup."""

from services.gateway.portal.choices import options

DEGREES = [
    {"value": "bachelor", "title": {"zh": "学士", "en": "Bachelor"}},
    {"value": "doctor", "title": {"zh": "博士", "en": "Doctor"}},
]
OFFICES = [{"organization_id": "one", "name": '<b>"一"</b> & 二'}]


def test_each_choice_is_an_option_in_the_language_of_the_page() -> None:
    zh, en = options("zh", DEGREES, ""), options("en", DEGREES, None)
    assert zh == '<option value="bachelor">学士</option>\n<option value="doctor">博士</option>\n'
    assert en == '<option value="bachelor">Bachelor</option>\n<option value="doctor">Doctor</option>\n'


def test_what_was_chosen_is_selected_and_only_for_this_page() -> None:
    chosen = options("zh", DEGREES, "doctor")
    assert chosen == '<option value="bachelor">学士</option>\n<option value="doctor" selected>博士</option>\n'
    assert "selected" not in options("zh", DEGREES, "")


def test_a_value_that_is_none_of_the_choices_selects_nothing() -> None:
    assert options("zh", DEGREES, '"><script>') == options("zh", DEGREES, "")


def test_names_are_text() -> None:
    assert options("zh", OFFICES, "one") == (
        '<option value="one" selected>&lt;b&gt;&#34;一&#34;&lt;/b&gt; &amp; 二</option>\n'
    )
