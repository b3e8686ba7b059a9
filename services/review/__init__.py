"""Review: the tiers' side of a submission.

It owns cases with their route, the turns of the organizations that hold them, decisions with comments and remarks,
categories and pool numbers, the hash-chained history, the review of change requests, and the clock of each tier.
It hears submissions filed and withdrawn, change requests filed and withdrawn, changes applied, accounts (reviewers'
names) and organizations; it tells tiers reached and decided, returns, approvals, change decisions, openings of
dossiers and overdue work. A decision is made in `actions/decide.py`; whatever moves a case passes `actions/move.py`.
"""
