"""What the trail tells of assets: what people read, not ids."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.assets.models import Asset
from app.assets.policies import SUBJECT
from app.audit.services import Entry
from app.contacts.models import Contact
from app.hosted.placing import ref
from app.products.models import Product

_PLAIN = ("name", "model", "serial", "state", "location", "warranty_months", "maintenance_every",
          "maintenance_unit", "contract_number", "remark")  # fmt: skip
_DAYS = ("bought_on", "installed_on", "warranty_from", "warranty_until", "maintenance_due_on",
         "contract_from", "contract_until")  # fmt: skip


def entry(asset: Asset, action: str, changes: Sequence[Mapping[str, Any]] = ()) -> Entry:
    """One line about an asset, which its customer's timeline tells too."""
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=asset.id,
        subject_label=asset.label,
        changes=changes,
        about_id=asset.customer_id,
        also_about_id=asset.contact_id,
    )


def shown(asset: Asset) -> dict[str, Any]:
    """What of an asset is told when it changes."""
    return {
        **{name: getattr(asset, name) for name in _PLAIN},
        **{name: _day(getattr(asset, name)) for name in _DAYS},
        "contact": ref(Contact, asset.contact_id),
        "product": ref(Product, asset.product_id),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
