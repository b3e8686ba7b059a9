"""Sections that several programmes ask for in the same words."""

from shared.programmes.sections.achievements import AchievementAward, Patent, Project, Publication
from shared.programmes.sections.careers import Education, Work
from shared.programmes.sections.identity import IdNumberFits

__all__ = [
    "AchievementAward",
    "Education",
    "IdNumberFits",
    "Patent",
    "Project",
    "Publication",
    "Work",
]
