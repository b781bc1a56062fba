"""Visits the warning page as people do: in Chromium, in every language, on a phone and on a desk, light and dark, by
keyboard, without scripts, printed, with large text; and asks axe-core whether everybody can use it.

    visit.py CHROMIUM PICTURES

`undress.example` is blocked on this machine, port 80 shows its page and port 443 refuses. Pictures of some pages go to
the folder. Prints what is wrong and ends with 1, or prints how much was looked at and ends with 0.
"""

import importlib.util
import pathlib
import sys
import time

from playwright.sync_api import Error, sync_playwright

HOST = "undress.example"
PAGE = f"http://{HOST}/"
EXIT = "https://www.wikipedia.org/"
DOORS = ["image", "worry", "mistake", "teachers"]
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
# As screens measure them: WCAG 2.2 to AA, and what axe calls good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LONGEST = 20_000

# The package is taken for the axe-core that it holds.
AXE = pathlib.Path(importlib.util.find_spec("axe_playwright_python").origin).with_name("axe.min.js").read_text()

faults = []
looked_at = 0


def expect(fact, message):
    if not fact:
        faults.append(message)


def look(page, where):
    """What must hold of every document."""
    global looked_at
    looked_at += 1
    expect(page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{where}: wider than the screen")
    expect(page.evaluate("performance.getEntriesByType('resource').length") == 0, f"{where}: fetches something")
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run({ runOnly: rules })", RULES)
    for violation in found["violations"]:
        targets = [node["target"] for node in violation["nodes"]][:3]
        expect(False, f"{where}: {violation['id']}: {violation['help']} {targets}")


def visit(page, address):
    response = page.goto(address)
    expect(len(response.body()) <= LONGEST, f"{address}: {len(response.body())} octets")
    return response


def in_every_language(browser, pictures):
    page = browser.new_page()
    page.goto(PAGE)
    languages = page.eval_on_selector_all("footer nav [lang]", "all => all.map(one => one.lang)")
    expect(len(languages) >= 35, f"only {len(languages)} languages")
    page.close()
    for viewport, scheme in [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")]:
        context = browser.new_context(viewport=viewport, color_scheme=scheme)
        hosts = set()
        context.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        page = context.new_page()
        for language in languages:
            where = f"{language} {viewport['width']} {scheme}"
            response = visit(page, f"{PAGE}?lang={language}")
            expect(response.status == 451, f"{where}: {response.status}")
            root = page.locator("html")
            expect(root.get_attribute("lang") == language, f"{where}: lang={root.get_attribute('lang')}")
            expect(root.get_attribute("dir") == ("rtl" if language == "ar" else "ltr"), f"{where}: direction")
            look(page, where)
            if language in ["en", "ar", "ja"]:
                page.screenshot(path=pictures / f"{language}-{viewport['width']}-{scheme}.png", full_page=True)
            for door in DOORS if (viewport, scheme) == (PHONE, "light") else []:
                visit(page, f"{PAGE}?door={door}&lang={language}")
                look(page, f"{where} {door}")
                if (language, viewport) == ("en", PHONE):
                    page.screenshot(path=pictures / f"{language}-{door}.png", full_page=True)
        expect(hosts == {HOST}, f"asked for from {hosts}")
        expect(context.cookies() == [], "a cookie")
        context.close()


def with_large_text(browser):
    page = browser.new_page(viewport=PHONE)
    for language in ["en", "de", "fi", "ar", "ja"]:
        for door in ["", "&door=image"]:
            page.goto(f"{PAGE}?lang={language}{door}")
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            look(page, f"{language}{door} at 200 %")
    page.close()


def by_keyboard(browser):
    page = browser.new_page()
    page.goto(PAGE)
    for _ in range(10):
        page.keyboard.press("Tab")
        focus = page.evaluate(
            "[document.activeElement.getAttribute('href'), getComputedStyle(document.activeElement).outlineStyle]"
        )
        expect(focus[1] not in ["none", ""], f"focus on {focus[0]} cannot be seen")
        if "door=image" in focus[0]:
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**door=image**")
    page.close()


def leaving(browser):
    for how in ["key", "link"]:
        context = browser.new_context()
        context.route(f"{EXIT}**", lambda route: route.fulfill(body="<title>elsewhere</title>"))
        page = context.new_page()
        page.goto(PAGE)
        expect(page.locator("#key").is_visible(), "the key to leave is not told")
        if how == "key":
            for _ in range(3):
                page.keyboard.press("Escape")
        else:
            page.click(".leave")
        page.wait_for_url(EXIT)
        if how == "key":
            page.go_back()
            expect(HOST not in page.url, "going back leads to the page again")
        context.close()


def without_scripts(browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(PAGE)
    expect(not page.locator("#key").is_visible(), "a key is told that does nothing")
    page.click("nav.doors a >> nth=0")
    page.click("footer a[lang=fr]")
    expect("door=image" in page.url and "lang=fr" in page.url, page.url)
    expect(page.locator("html").get_attribute("lang") == "fr", "a link to another language")
    page.close()


def printed(browser):
    page = browser.new_page()
    page.goto(f"{PAGE}?door=image")
    page.emulate_media(media="print")
    expect(not page.locator("header").is_visible(), "the header is printed")
    expect(page.locator("h1").is_visible(), "the text is not printed")
    page.close()


def parts_of_other_pages(browser):
    parts = '<img src="{0}a.png"><script src="{0}a.js"></script><link rel="stylesheet" href="{0}a.css"><iframe src="{0}">'
    context = browser.new_context()
    context.route("http://school.example/", lambda route: route.fulfill(
        body=parts.format(PAGE), content_type="text/html"))
    page, answers = context.new_page(), []
    page.on("response", lambda response: answers.append(response))
    page.goto("http://school.example/")
    page.wait_for_load_state("networkidle")
    answers = [answer for answer in answers if HOST in answer.url]
    expect(len(answers) >= 3, f"{len(answers)} parts were asked for")
    for answer in answers:
        is_frame = answer.request.resource_type == "document"
        length = int(answer.header_value("content-length"))
        expect(answer.status == 451 and (is_frame or length == 0), f"{answer.url}: {answer.status}, {length} octets")
    expect(page.frame(url=PAGE) is None or "h1" not in page.frame(url=PAGE).content(), "it can be framed")
    context.close()


def over_https(browser):
    page = browser.new_page()
    begun = time.monotonic()
    try:
        page.goto(f"https://{HOST}/")
        expect(False, "HTTPS shows a page")
    except Error as error:
        expect("ERR_SSL_UNRECOGNIZED_NAME_ALERT" in str(error), str(error))
    print(f"HTTPS failed after {1000 * (time.monotonic() - begun):.0f} ms, the browser's own time included")
    page.close()


def the_record(browser):
    page = browser.new_page()
    page.goto(f"{PAGE}?door=mistake")
    page.click("a[href^='/record/']")
    expect(page.url.startswith(f"{PAGE}record/"), page.url)
    expect(HOST not in page.locator("main").inner_text(), "the record shows the name")
    look(page, "record")
    page.close()


def main(chromium, pictures):
    with sync_playwright() as playwright:
        # The page is on loopback here, where no page of elsewhere may fetch from.
        options = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                   "--disable-features=LocalNetworkAccessChecks"]
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        print("Chromium", browser.version)
        in_every_language(browser, pathlib.Path(pictures))
        for look_closer in [with_large_text, by_keyboard, leaving, without_scripts, printed, parts_of_other_pages,
                            over_https, the_record]:
            look_closer(browser)
        browser.close()
    print(*faults[:100], sep="\n")
    print(f"{looked_at} documents looked at, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
