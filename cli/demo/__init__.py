"""The demo world: invented people, the papers that they hold, and what they have done so far."""
