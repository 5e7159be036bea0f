"""Chinese or English, before signing in and after, today and tomorrow."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.person import Arrive


def test_a_stranger_chooses_english_and_finds_it_again(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/sign-in")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")

    visitor.expected.add(401)
    page.get_by_label("Mobile number or e-mail").fill("nobody@example.com")
    page.get_by_label("Password", exact=True).fill("not my password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("password")
    page.get_by_role("link", name="Create").click()
    expect(page.get_by_label("Company")).to_be_visible()


def test_a_person_chooses_english_for_all_their_browsers(visit: Visit, arrive: Arrive) -> None:
    boss = arrive().sign_up()
    page = visit(boss).open("/customers")
    page.get_by_role("button", name="秦明远的菜单").click()
    with page.expect_response("**/api/v1/profile"):
        page.get_by_role("menuitemradio", name="English").click()
    expect(page.get_by_role("heading", name="Customers", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Customers", exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")

    page = visit(boss).open("/contacts")
    page.get_by_role("button", name="New contact").first.click()
    drawer = page.get_by_role("dialog", name="New contact")
    drawer.get_by_role("button", name="Save contact").click()
    expect(drawer.get_by_text("Enter the name of the contact")).to_be_visible()
