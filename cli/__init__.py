"""`juxian`: the operator's command, and the platform on one machine."""
