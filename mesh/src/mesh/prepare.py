"""What stands before anything serves: secrets, seed files, migrated databases, first accounts and agreements.

Every step may be repeated; a second start changes nothing.
"""

from importlib import import_module

import yaml

from chassis import migrations, settings
from chassis.database import Database
from mesh import secrets
from mesh.catalogue import catalogue
from mesh.layout import AGREEMENT, BLOCKS, MEMBER, Layout

_SEEDED = ("identity", "consent", "registry")


def prepare(layout: Layout) -> None:
    """Bring the state folder to where all processes can start."""
    layout.state.mkdir(parents=True, exist_ok=True)
    secrets.ensure(layout)
    for name, content in _seeds(layout).items():
        path = layout.seed(name)
        path.parent.mkdir(exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False))
    for package in (*BLOCKS, "gateway"):
        database = Database(layout.database(package))
        migrations.migrate(database, package)
        database.close()
    for block in _SEEDED:
        own = settings.load(import_module(f"{block}.settings").Settings, layout.environment(block))
        import_module(f"{block}.seed").apply(own)


def _seeds(layout: Layout) -> dict[str, object]:
    return {
        "catalogue": catalogue(layout),
        "identity": _identity(layout),
        "consent": _consent(),
        "registry": _registry(),
    }


def _identity(layout: Layout) -> dict[str, object]:
    redirects = {"portal": [f"{layout.portal_url}/sign-in/callback"], "demo": [f"{layout.portal_url}/demo/callback"]}
    clients = [
        {
            "client_id": f"{MEMBER}/{name}",
            "name": name.capitalize(),
            "secret_file": str(layout.secret(f"client-{name}")),
            "grant_types": ["client_credentials", *(["authorization_code"] if name in redirects else [])],
            "redirect_uris": redirects.get(name, []),
        }
        for name in (*BLOCKS, "portal", "demo")
    ]
    accounts = [
        {
            "login": account["login"],
            "password": account["password"],
            "display_name": account["display_name"],
            "roles": [account["role"]],
        }
        for account in secrets.accounts(layout)
    ]
    return {"clients": clients, "accounts": accounts}


def _consent() -> dict[str, object]:
    return {
        "policies": [
            {
                "id": "participation",
                "name": "Participation in public processes",
                "version": "1",
                "url": "/help",
                "jurisdiction": "",
                "dataRetentionPeriodDays": 730,
            }
        ],
        "agreements": [
            {
                "id": AGREEMENT,
                "version": "1",
                "policyId": "participation",
                "purpose": "Take part in a public process and hear what became of it",
                "lawfulBasis": "consent",
                "dataUse": "data_source",
                "dpia": "none",
                "forgettable": True,
                "texts": _AGREEMENT_TEXTS,
            }
        ],
    }


def _registry() -> dict[str, object]:
    text = {"type": "string", "minLength": 1}
    schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["displayName"],
        "properties": {
            "displayName": text | {"maxLength": 80},
            "email": text | {"maxLength": 254},
            "language": text | {"maxLength": 35},
        },
    }
    participants = {
        "name": "participants",
        "version": "1",
        "description": "People who take part and how they can be reached",
        "oneEntryPerPerson": True,
        "sealed": ["displayName", "email"],
        "schema": schema,
    }
    return {"databases": [participants]}


_AGREEMENT_TEXTS = {
    "en": {
        "stored": "Your display name and, if you give one, your e-mail address and language.",
        "why": "To show who said what, to confirm what you sent and to tell you what became of it.",
        "how_long": "Two years after the process has ended, or until you withdraw.",
        "who_sees": "Everyone sees the display name. Only the messaging service uses the address, when it writes to you.",
        "withdraw": "At any time, on the page “My data” or at the office. What you contributed stays, without your name.",
    },
    "ca": {
        "stored": "El nom públic i, si els doneu, l'adreça electrònica i la llengua.",
        "why": "Per mostrar qui diu què, confirmar-vos el que heu enviat i explicar-vos què se n'ha fet.",
        "how_long": "Dos anys després del final del procés, o fins que us en retireu.",
        "who_sees": "Tothom veu el nom públic. Només el servei de missatgeria usa l'adreça, quan us escriu.",
        "withdraw": "En qualsevol moment, a la pàgina «Les meves dades» o a l'oficina. El que heu aportat es queda, sense el nom.",
    },
    "ar": {
        "stored": "اسمك الظاهر، وبريدك الإلكتروني ولغتك إن ذكرتهما.",
        "why": "لإظهار من قال ماذا، وتأكيد ما أرسلته، وإخبارك بما آل إليه.",
        "how_long": "سنتان بعد انتهاء العملية، أو إلى أن تسحب موافقتك.",
        "who_sees": "يرى الجميع الاسم الظاهر. ولا يستعمل العنوان إلا خدمة الرسائل حين تكتب إليك.",
        "withdraw": "في أي وقت من صفحة «بياناتي» أو في المكتب. يبقى ما ساهمت به من دون اسمك.",
    },
}
