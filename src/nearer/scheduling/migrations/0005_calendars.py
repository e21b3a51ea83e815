"""Calendars that therapists keep elsewhere, and feeds of their appointments.

What a calendar takes of a therapist's time becomes a column of the view that a booking reads, and changes the diary's
version as everything does that the view tells.
"""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import nearer.foundation.ids

SPANS = """
ALTER TABLE scheduling_calendar ADD CONSTRAINT busy_times_have_a_start_and_an_end CHECK (octet_length(busy) % 8 = 0)
"""

NO_SPANS = "ALTER TABLE scheduling_calendar DROP CONSTRAINT busy_times_have_a_start_and_an_end"

VERSION = """
CREATE FUNCTION scheduling_busy_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE scheduling_diary SET version = nextval('diary_version')
     WHERE therapist_id = coalesce(NEW.diary_id, OLD.diary_id);
    RETURN NULL;
END $$;
CREATE TRIGGER new_busy_times_change_their_diary AFTER INSERT ON scheduling_calendar
    FOR EACH ROW WHEN (octet_length(NEW.busy) > 0) EXECUTE FUNCTION scheduling_busy_changed();
CREATE TRIGGER changed_busy_times_change_their_diary AFTER UPDATE ON scheduling_calendar
    FOR EACH ROW WHEN (OLD.busy IS DISTINCT FROM NEW.busy) EXECUTE FUNCTION scheduling_busy_changed();
CREATE TRIGGER lost_busy_times_change_their_diary AFTER DELETE ON scheduling_calendar
    FOR EACH ROW WHEN (octet_length(OLD.busy) > 0) EXECUTE FUNCTION scheduling_busy_changed();
"""

NO_VERSION = """
DROP TRIGGER lost_busy_times_change_their_diary ON scheduling_calendar;
DROP TRIGGER changed_busy_times_change_their_diary ON scheduling_calendar;
DROP TRIGGER new_busy_times_change_their_diary ON scheduling_calendar;
DROP FUNCTION scheduling_busy_changed();
"""

# As in the third migration, with one more column at the end: each calendar's minutes, one behind the other.
PAGES = """
CREATE OR REPLACE VIEW scheduling_pages AS
SELECT d.therapist_id, d.version, d.time_zone, d.lead_days, d.horizon_days, d.increment_minutes, d.buffer_before_minutes,
       d.buffer_after_minutes, d.weekly_new_clients, d.caseload_limit, d.caseload_elsewhere, d.paused_until,
       ARRAY(SELECT ARRAY[h.weekday, h.start_minute, h.end_minute]
               FROM scheduling_hours AS h WHERE h.diary_id = d.therapist_id) AS hours,
       ARRAY(SELECT ARRAY[e."on" - DATE '1970-01-01', e.start_minute, e.end_minute]
               FROM scheduling_hoursexception AS e WHERE e.diary_id = d.therapist_id) AS exceptions,
       ARRAY(SELECT ARRAY[floor(date_part('epoch', lower(a.during)) / 60)::int,
                          ceil(date_part('epoch', upper(a.during)) / 60)::int,
                          floor(date_part('epoch', lower(a.session)) / 60)::int,
                          ceil(date_part('epoch', upper(a.session)) / 60)::int,
                          array_position(ARRAY['held', 'confirmed', 'completed', 'no_show'], a.status::text),
                          a.is_intake::int]
               FROM scheduling_appointment AS a
              WHERE a.therapist_id = d.therapist_id
                AND a.status IN ('held', 'confirmed', 'completed', 'no_show')
                AND upper(a.session) > clock_timestamp() - INTERVAL '100 days'
                AND (a.status <> 'held' OR a.hold_expires_at > clock_timestamp())) AS taken{busy}
  FROM scheduling_diary AS d;
"""

BUSY = """,
       (SELECT string_agg(c.busy, ''::bytea) FROM scheduling_calendar AS c WHERE c.diary_id = d.therapist_id) AS busy"""

# A view can't lose a column, so it is made anew, and with it the two functions that answer with its rows.
NO_FUNCTIONS = """
DROP FUNCTION scheduling_take_turn(bigint);
DROP FUNCTION scheduling_read(bigint);
DROP VIEW scheduling_pages;
"""
FUNCTIONS = """
CREATE FUNCTION scheduling_read(whose bigint) RETURNS SETOF scheduling_pages LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY SELECT * FROM scheduling_pages WHERE therapist_id = whose;
END $$;

CREATE FUNCTION scheduling_take_turn(whose bigint) RETURNS SETOF scheduling_pages LANGUAGE plpgsql
SET lock_timeout = '3s' AS $$
BEGIN
    PERFORM scheduling_wait_for_therapist(whose);
    PERFORM scheduling_release_expired(whose);
    RETURN QUERY SELECT * FROM scheduling_read(whose);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0004_an_appointment_is_in_a_diary")]

    operations = [
        migrations.CreateModel(
            name="Feed",
            fields=[
                (
                    "diary",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="feed",
                        serialize=False,
                        to="scheduling.diary",
                    ),
                ),
                ("secret_index", models.CharField(max_length=32)),
                ("with_initials", models.BooleanField(default=False)),
                ("language", models.CharField(max_length=8)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("secret_index",), name="one_feed_per_secret")],
            },
        ),
        migrations.CreateModel(
            name="Calendar",
            fields=[
                ("id", models.BigIntegerField(default=nearer.foundation.ids.new_id, primary_key=True, serialize=False)),
                ("name_sealed", models.TextField(blank=True)),
                ("address_sealed", models.TextField()),
                ("address_index", models.CharField(max_length=32)),
                ("connected_at", models.DateTimeField()),
                ("next_at", models.DateTimeField()),
                ("tried_at", models.DateTimeField(blank=True, null=True)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("failing_since", models.DateTimeField(blank=True, null=True)),
                ("failure", models.CharField(blank=True, max_length=20)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("etag", models.CharField(blank=True, max_length=200)),
                ("last_modified", models.CharField(blank=True, max_length=60)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("read_as", models.CharField(blank=True, max_length=80)),
                ("busy", models.BinaryField(default=bytes)),
                ("troubles", models.JSONField(default=list)),
                (
                    "diary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calendars", to="scheduling.diary"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["next_at"], name="calendars_by_turn")],
                "constraints": [
                    models.UniqueConstraint(fields=("diary", "address_index"), name="a_calendar_is_connected_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("failing_since__isnull", True), ("failure", "")),
                            models.Q(("failing_since__isnull", False), ("failure__gt", "")),
                            _connector="OR",
                        ),
                        name="a_calendar_that_fails_says_how",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SPANS, NO_SPANS),
        migrations.RunSQL(VERSION, NO_VERSION),
        migrations.RunSQL(PAGES.format(busy=BUSY), [NO_FUNCTIONS, PAGES.format(busy=""), FUNCTIONS]),
    ]
