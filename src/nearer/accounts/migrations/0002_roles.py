from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Role",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("therapist", "Therapist"),
                            ("operator", "Operator"),
                            ("editor", "Editor"),
                            ("reviewer", "Reviewer"),
                            ("author", "Author"),
                        ],
                        max_length=20,
                    ),
                ),
                ("granted_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="roles", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("user", "kind"),
                        name="one_standing_role_of_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["therapist", "operator", "editor", "reviewer", "author"])),
                        name="a_known_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ended_at__gte", models.F("granted_at")), _connector="OR"
                        ),
                        name="a_role_ends_after_it_begins",
                    ),
                ],
            },
        ),
    ]
