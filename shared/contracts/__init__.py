"""What services say to one another: events, refusals, identity."""
