"""The explorer in a real Chromium: nothing runs, nothing leaves the machine, nothing overflows, axe-core is content."""

import json
import os
import shutil
import threading
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from memory_record import MemoryRecord

from coranto.publish.web.app import explorer

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
NEEDED = {
    "chromium": CHROMIUM,
    "chromedriver": DRIVER,
    "selenium": find_spec("selenium"),
    "axe-core-python": find_spec("axe_core_python"),
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="module")
def address(record: MemoryRecord) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(explorer(record), host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if missing := [name for name, found in NEEDED.items() if not found]:
        told = f"a browser test needs {', '.join(missing)}"
        if os.environ.get("CI") == "true":
            pytest.fail(told)
        pytest.skip(told)
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for option in [*OPTIONS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"]:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def pages(record: MemoryRecord) -> list[str]:
    evil = next(a.document.id for a in record.analyses if a.document.outlet == "evil.example")
    hostile = next(e.id for e in record.record if "evil.example" in e.outlets)
    return [
        "/",
        "/events",
        "/events?q=kharkiv&type=ASSAULT",
        f"/events/{record.record[0].id}",
        f"/documents/{record.analyses[0].document.id}",
        f"/documents/{evil}",
        f"/events/{hostile}",
        "/failures",
        "/nothing",
    ]


def show(browser: Any, theme: str, width: int) -> None:
    features = [{"name": "prefers-color-scheme", "value": theme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


@pytest.mark.parametrize(("theme", "width"), [("light", 1360), ("dark", 400)])
def test_pages_are_accessible_and_fit(browser: Any, address: str, pages: list[str], theme: str, width: int) -> None:
    import axe_core_python

    axe = next(Path(axe_core_python.__file__).parent.rglob("axe.min.js")).read_text()
    show(browser, theme, width)
    for page in pages:
        browser.get(address + page)
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width, f"{page} is {wide} px wide"
        browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
        browser.execute_script(axe)
        run = (
            "const done = arguments[1]; axe.run(document, {runOnly: arguments[0]})"
            ".then(r => done(r.violations.map(v => [v.id, v.nodes.map(n => n.target.join(' '))])))"
        )
        assert browser.execute_async_script(run, RULES) == [], page


def test_nothing_is_asked_from_outside_and_nothing_runs(browser: Any, address: str, pages: list[str]) -> None:
    browser.get_log("performance")
    browser.get_log("browser")
    for page in pages:
        browser.get(address + page)
        assert browser.title and "alert" not in browser.execute_script("return String(window.opener)")
    asked = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    urls = [m["params"]["request"]["url"] for m in asked if m["method"] == "Network.requestWillBeSent"]
    assert len(urls) >= len(pages)
    assert [url for url in urls if not url.startswith((address + "/", "data:"))] == []
    told = [entry["message"] for entry in browser.get_log("browser") if "404" not in entry["message"]]
    assert told == []


def test_the_keyboard_reaches_the_content_first(browser: Any, address: str) -> None:
    from selenium.webdriver.common.keys import Keys

    show(browser, "light", 1360)
    browser.get(f"{address}/events")
    browser.switch_to.active_element.send_keys(Keys.TAB)
    first = browser.switch_to.active_element
    assert first.text == "Skip to content" and first.rect["y"] >= 0
    first.send_keys(Keys.ENTER)
    assert browser.switch_to.active_element.get_attribute("id") == "main"
    browser.switch_to.active_element.send_keys(Keys.TAB)
    assert browser.switch_to.active_element.get_attribute("id") == "q"


def test_a_search_is_made_with_the_form(browser: Any, address: str) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    browser.get(f"{address}/")
    browser.find_element(By.ID, "find").send_keys("kharkiv", Keys.ENTER)
    until = time.monotonic() + 10
    while "/events" not in browser.current_url and time.monotonic() < until:
        time.sleep(0.05)
    assert browser.current_url == f"{address}/events?q=kharkiv"
    browser.find_element(By.PARTIAL_LINK_TEXT, "Russian forces used force").click()
    assert browser.find_element(By.ID, "readings").text == "Readings"
    link = browser.find_element(By.CSS_SELECTOR, ".voice .telling .where a")
    browser.get(link.get_attribute("href"))
    target = browser.execute_script("return document.querySelector(':target').textContent")
    assert "struck Kharkiv" in target
