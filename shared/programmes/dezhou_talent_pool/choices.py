"""Lists of the talent pool's own."""

from shared.programmes.shape import listed

talent_types = listed(
    ("innovation", "创新人才", "Innovation"),
    ("entrepreneurship", "创业人才", "Entrepreneurship"),
    ("skilled", "高技能人才", "Highly skilled work"),
    ("management", "经营管理人才", "Management"),
    ("social_work", "社会工作人才", "Social work"),
    ("agriculture", "农村实用人才", "Agriculture"),
    ("other", "其他", "Other"),
)

introduction_modes = listed(
    ("full_time", "全职引进", "Full-time"),
    ("flexible", "柔性引进", "Flexible"),
    ("local", "本地培养", "Local"),
    ("other", "其他", "Other"),
)

residency_kinds = listed(("permanent", "永久居留", "Permanent"), ("long_term", "长期居留", "Long-term"))
