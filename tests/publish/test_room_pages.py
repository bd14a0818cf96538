"""What the server hands out as pages: shells without a word of script, and what they load."""

from __future__ import annotations

import gzip
import re

import pytest

from safepassage.publish.room_pages import (
    PAGE_POLICY,
    assets,
    manifest,
    reporter_html,
    room_html,
    service_worker,
)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("shell", "name"), [(room_html, "room"), (reporter_html, "reporter")])
def test_a_shell_holds_no_script_and_loads_only_what_there_is(shell, name, language):
    page = shell(language)
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    assert re.findall(r"<script[^>]*>([^<]*)</script>", page) == [""]
    assert not re.search(r"<style|\sstyle=|\son\w+=|https?:", page)
    loaded = re.findall(r'(?:src|href)="/assets/([^"]+)"', page)
    assert {f"{name}.js", f"{name}.css"} <= set(loaded) <= set(assets())
    assert "noindex" in page


def test_the_policy_lets_nothing_in_from_elsewhere_and_nothing_inline():
    assert PAGE_POLICY.startswith("default-src 'none'")
    assert "unsafe" not in PAGE_POLICY
    sources = {word for part in PAGE_POLICY.split(";") for word in part.split()[1:]}
    assert sources <= {"'none'", "'self'", "data:", "blob:"}


def test_assets_are_what_was_built_packed_and_tagged():
    found = assets()
    for name, asset in [*found.items(), ("sw.js", service_worker())]:
        assert asset.name == name
        assert gzip.decompress(asset.gzipped) == asset.body
        assert re.fullmatch(r'"[0-9a-f]{32}"', asset.etag)
    assert found["room.js"].media_type == "text/javascript; charset=utf-8"
    assert len({asset.etag for asset in found.values()}) == len(found)
    assert b"://" not in service_worker().body


def test_the_reporters_page_can_be_kept_as_an_app():
    told = manifest()
    assert told["start_url"] == told["scope"] == "/report"
    assert told["icons"][0]["src"].removeprefix("/assets/") in assets()
