"""notify: letters, their deliveries, messages in the portal, announcements.

Owns what was written to whom and how far each letter got. Hears everything that a letter is written for, and
accounts and organizations for the addresses; tells when a letter could not be delivered. Letters are folders in
`letters/`; a programme may lay its own file over one.
"""
