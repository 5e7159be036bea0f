"""The front door: the only file that knows every room. Exports `app` and `celery`."""

import os
import sys

from app.embedded.processes import die_with_parent

if os.environ.get("GUANXI_SUPERVISED"):
    # Before everything else: loading the rest takes a second in which the supervisor may die.
    die_with_parent()

from api.v1 import BLUEPRINTS, DEVELOPMENT_BLUEPRINTS  # noqa: E402
from app.config import SettingsError, from_environment  # noqa: E402
from app.factory import CannotStart, create_app, refuse_unsafe_role  # noqa: E402
from app.http.health import health  # noqa: E402
from workers.celery_app import create_celery  # noqa: E402

try:
    settings = from_environment(os.environ)
    doors = [*BLUEPRINTS, *DEVELOPMENT_BLUEPRINTS] if settings.mailbox_dir else BLUEPRINTS
    app = create_app(settings, mounts=[health, *doors])
    refuse_unsafe_role(app)
except (SettingsError, CannotStart) as error:
    sys.exit(f"guanxi: {error}")
celery = create_celery(app, settings)
