"""How to take part, a page a tool, in plain and in easy language."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.language import _


@dataclass(frozen=True, slots=True)
class Tutorial:
    """`easy` says the same in short sentences without foreign words."""

    title: str
    steps: tuple[str, ...]
    easy: tuple[str, ...]


def tutorials() -> Mapping[str, Tutorial]:
    """In the language of the request, in the order in which they are listed."""
    return {
        "ideas": Tutorial(
            _("How to propose an idea"),
            (
                _("Open a process and choose “Propose an idea”. Begin with a short title."),
                _("Look at similar ideas. If yours is there already, support it: that helps more than a second one."),
                _("Describe what you want and why, check it, and send it. You get a receipt with a code."),
            ),
            (
                _("Write what you want."),
                _("Say why it is good."),
                _("Press the button. You get a code. Keep it."),
            ),
        ),
        "comments": Tutorial(
            _("How to comment and support"),
            (
                _("Open an idea. One button supports it; you can take your support back while the phase is open."),
                _("Below the idea, write a comment and say whether you are in favour, neutral or against."),
                _("Answer others politely. What breaks the rules can be reported, and a moderator looks at it."),
            ),
            (
                _("You like an idea? Press “Support”."),
                _("You want to say something? Write it below the idea."),
                _("Be kind to others."),
            ),
        ),
        "texts": Tutorial(
            _("How to comment on a text"),
            (
                _("Open the text. Each paragraph has a link to comment on it."),
                _("Say what you think of the paragraph, or propose other words for it."),
                _("When the text changes, your comment stays and is shown where it belongs."),
            ),
            (
                _("Read the text."),
                _("Is something wrong? Press “Comment” beside it."),
                _("Write what should change."),
            ),
        ),
        "surveys": Tutorial(
            _("How to answer a survey"),
            (
                _("Answer page by page. “Back” keeps what you have answered."),
                _("You can save and go on later with the link that is shown."),
                _("At the end check your answers and send them. You get a receipt."),
            ),
            (
                _("Read each question."),
                _("Choose your answer. There is no wrong answer."),
                _("At the end, press “Send”."),
            ),
        ),
        "no-account": Tutorial(
            _("How to take part without an account"),
            (
                _("Some processes are open to everybody. You read what is stored and go on without an account."),
                _("Your browser keeps a key, so that you are counted once. Some processes also send a code by e-mail."),
                _("Keep your receipts. With them you find and erase what you sent, in any browser."),
            ),
            (
                _("You need no password."),
                _("We do not ask who you are."),
                _("Use the same telephone or computer again."),
            ),
        ),
        "your-data": Tutorial(
            _("How to see, take and delete your data"),
            (
                _("The page “Your data” shows where you take part, what you sent and who has read your address."),
                _("Download everything in one file, and the receipt of what you agreed to."),
                _("Leave a process whenever you like. You choose whether your words stay without your name."),
            ),
            (
                _("You can see what we know about you."),
                _("You can take it home."),
                _("You can delete it."),
            ),
        ),
    }
