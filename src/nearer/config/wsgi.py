"""The door for web servers."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nearer.config.settings")
application = get_wsgi_application()

# What the site is made of lives as long as the process. Left out of later collections, it no longer makes one
# answer in twenty twice as slow as the others.
gc.collect()
gc.freeze()
