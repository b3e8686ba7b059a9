"""The profile service owns drafts, entries, scans, snapshots, the applicant's view of a submission (status, progress,
remarks), the data of change requests and the declaration form. It hears of accounts opened and changed, organizations
changed, tiers reached and decided, returns, approvals and decided changes; it tells of submissions filed and withdrawn,
changes requested and withdrawn, and scans checked.
"""
