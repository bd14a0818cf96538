from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from safepassage.base.errors import InputError
from safepassage.publish import pdf

PAGE = (
    "<!doctype html><html lang=en><style>@page{size:A5;margin:10mm}</style>"
    "<body><h1>East gate</h1><img src='http://198.51.100.1/seen.png' alt=''></body></html>"
)


def read(data):
    return PdfReader(io.BytesIO(data))


@pytest.mark.parametrize("way", [pytest.param("chromium", marks=pytest.mark.browser), "weasyprint"])
def test_a_page_becomes_a_pdf_on_the_paper_it_names(way, monkeypatch):
    if way == "weasyprint":
        pytest.importorskip("weasyprint", exc_type=(ImportError, OSError),
                            reason="the libraries of WeasyPrint are not installed")  # fmt: skip
        monkeypatch.setattr(pdf, "chromium", lambda: None)
    made = read(pdf.pdf_of(PAGE))
    assert pdf.pdf_way() == way
    assert len(made.pages) == 1
    box = made.pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx((419.5, 595.3), abs=1)
    assert "East gate" in made.pages[0].extract_text()


def test_without_either_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(pdf, "chromium", lambda: None)
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    assert pdf.pdf_way() is None
    with pytest.raises(InputError, match=r"apt-get install chromium.*libpango"):
        pdf.pdf_of(PAGE)


def test_a_browser_that_fails_is_told(monkeypatch, tmp_path):
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\necho no display >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(pdf, "chromium", lambda: str(broken))
    with pytest.raises(InputError, match="no display"):
        pdf.pdf_of(PAGE)
