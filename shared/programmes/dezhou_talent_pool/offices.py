"""The bureaus and offices that hold the tiers in Dezhou: two in each county, two of the city."""

from collections.abc import Iterator

from shared.programmes.facts import divisions
from shared.programmes.shape import Office

CITY = "371400"


def _offices() -> Iterator[Office]:
    for county in divisions.counties_of(CITY):
        yield Office("county_hr_bureau", f"{county.title.zh}人力资源和社会保障局", county.value)
        yield Office("county_talent_office", f"{county.title.zh}人才工作领导小组办公室", county.value)
    yield Office("city_service_centre", "德州市人才综合服务中心", CITY)
    yield Office("city_talent_office", "德州市人才工作领导小组办公室", CITY)


OFFICES = tuple(_offices())
