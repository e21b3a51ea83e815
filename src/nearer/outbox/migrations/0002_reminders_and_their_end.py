"""A message may go with something else, be worthless after a while, and tell how such messages are ended."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]

    operations = [
        migrations.AddField("message", "stop_sealed", models.TextField(blank=True, default="")),
        migrations.AddField("message", "about", models.CharField(blank=True, default="", max_length=40)),
        migrations.AddField("message", "until", models.DateTimeField(blank=True, null=True)),
        migrations.AddIndex(
            "message",
            models.Index(
                fields=["about"],
                condition=models.Q(("sent_at__isnull", True), models.Q(("about", ""), _negated=True)),
                name="messages_about",
            ),
        ),
    ]
