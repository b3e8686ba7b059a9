"""Door 1 of the profile service: HTTP in, action, answer out."""

from services.profile.api import (
    administration,
    change_requests,
    documents,
    experts,
    internal,
    profiles,
    programmes,
    scans,
    sections,
    sharing,
    submissions,
    verification,
)

ROUTERS = (
    programmes.routes,
    profiles.everything,
    profiles.routes,
    sections.routes,
    scans.routes,
    submissions.routes,
    change_requests.routes,
    sharing.routes,
    experts.routes,
    administration.routes,
    verification.routes,
    documents.routes,
    internal.routes,
)
