"""Profile: what an applicant declares, and how far it has come.

It owns drafts with their sections and entries, scans, the frozen snapshots of what was filed, the applicant's view of
a submission (status, progress, remarks), the data of change requests, what people share with the public, who saw what
of them, the declaration form and the dossier. It is the arbiter of what may still change: review seals a version here
before its first decision. It hears of accounts opened and changed, organizations changed, tiers reached and decided,
returns, approvals, decided changes and dossiers opened; it tells of submissions filed and withdrawn, changes
requested, withdrawn and applied, and scans that need attention.
"""
