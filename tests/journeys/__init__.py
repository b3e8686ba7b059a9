"""The manuals as stories, over real processes, real queues and a real SMTP conversation."""
