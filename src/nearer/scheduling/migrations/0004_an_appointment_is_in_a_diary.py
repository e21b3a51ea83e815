"""An appointment belongs to a diary, and through it to a therapist.

A foreign key to the therapist would lock, and so write, one more row for every hold; the diary's row is locked already.
It is checked at once, not at the commit: only then is the lock still the one that the booking took.
"""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

IN_A_DIARY = """
ALTER TABLE scheduling_appointment ADD CONSTRAINT an_appointment_is_in_a_diary
    FOREIGN KEY (therapist_id) REFERENCES scheduling_diary (therapist_id)
"""


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0003_turn")]

    operations = [
        migrations.AlterField(
            model_name="appointment",
            name="therapist",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.therapist",
            ),
        ),
        migrations.RunSQL(
            IN_A_DIARY, "ALTER TABLE scheduling_appointment DROP CONSTRAINT an_appointment_is_in_a_diary"
        ),
    ]
