"""What people of the Hebei programme may share with the expert site (找专家网), and what they consent to."""

from shared.programmes.shape import Partner, Shared, Words

EXPERT_SITE = Partner(
    partner="expert_site",
    title=Words("找专家网", "Expert site"),
    fields=(
        Shared("basic.name", "name", required=True),
        Shared("basic.photo", "image"),
        Shared("basic.employer", "worksFor"),
        Shared("basic.post", "jobTitle"),
        Shared("basic.highest_education"),
        Shared("basic.highest_degree"),
        Shared("education.school", "alumniOf"),
        Shared("education.major"),
        Shared("education.degree"),
        Shared("current_titles.title", "hasCredential"),
        Shared("current_titles.level"),
        Shared("current_titles.granted_on"),
        Shared("qualifications.name", "hasCredential"),
        Shared("qualifications.granted_on"),
        Shared("publications.title", "subjectOf"),
        Shared("publications.venue"),
        Shared("publications.published_on"),
        Shared("patents.name", "subjectOf"),
        Shared("patents.kind"),
        Shared("patents.granted_on"),
        Shared("projects.name", "subjectOf"),
        Shared("projects.level"),
        Shared("projects.role"),
        Shared("awards.achievement"),
        Shared("awards.award", "award"),
        Shared("awards.granted_on"),
    ),
    consent=Words(
        "本人同意将以上所选、经审核通过的信息在“找专家网”上公开展示，任何人均可查看。"
        "审核通过的信息变更会同步更新。本人可以随时停止分享，停止后公开页面立即撤下，并通知合作网站删除。",
        "I agree that the facts chosen above, as approved, are shown in public on the expert site, where anybody may "
        "read them. Approved changes are carried over. I may stop sharing at any time; the public page is then taken "
        "down at once and the partner site is told to delete its copy.",
    ),
    consent_version="2026-11",
)
