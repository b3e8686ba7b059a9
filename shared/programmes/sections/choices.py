"""Short lists of our own, for which there is no standard."""

from shared.programmes.shape import listed

levels = listed(
    ("national", "国家级", "National"),
    ("provincial", "省部级", "Provincial or ministerial"),
    ("municipal", "市级", "Municipal"),
    ("county", "县级", "County"),
    ("industry", "行业级", "Industry"),
    ("other", "其他", "Other"),
)

publication_kinds = listed(("paper", "论文", "Paper"), ("book", "论著", "Book"))

patent_kinds = listed(
    ("invention", "发明专利", "Invention"),
    ("utility_model", "实用新型专利", "Utility model"),
    ("design", "外观设计专利", "Design"),
)

patent_statuses = listed(
    ("pending", "申请中", "Pending"),
    ("granted", "已授权", "Granted"),
    ("expired", "已失效", "Expired"),
)
