"""Serve the operations room: a case, its ledger and its pages, over HTTP."""
