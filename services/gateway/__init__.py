"""The only door: the public API, the portal's pages, sessions and their cookies, CSRF, limits per client.

Owns no data: a request is checked, its caller's session becomes a signed identity for one service, and bodies
stream through in both directions. Hears and tells nothing. Read `api/routes.py` as the table of contents.
"""
