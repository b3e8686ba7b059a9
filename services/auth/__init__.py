"""auth owns accounts, roles, organizations, captchas, sessions, password links and provisioned accounts.

It hears `DeliveryFailed` (an address that does not work) and tells when an account is opened or changed, an
organization is changed, a password is changed, a reset or another address is asked for, and what an owner of an
account should know for its safety.
"""
