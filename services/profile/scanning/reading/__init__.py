"""Reading pages: a long-lived process with the models of the OCR, beside the zygote, which sees pixels alone.

Loading takes seconds, reading a page half of one: so the models are loaded once per worker process, and the
process is started anew after `bounds.READER_SCANS` scans or `bounds.READER_BYTES` of memory. It is shut in like
a child that decodes, and gets neither the file nor anything compressed: raw RGB of a known size.
"""
