"""How a booking is queued and a diary is read: one view, and one function that waits its turn and reads it.

They are in the database because a booking is then two statements, not five, and PostgreSQL keeps their plans.
"""

from __future__ import annotations

from django.db import migrations

# One row per diary. `taken` holds for each appointment that still matters: the bounds of `during` and of
# `session` in whole minutes since 1970 UTC, its status as a place in BEGUN, and whether it is an intake.
PAGES = """
CREATE VIEW scheduling_pages AS
SELECT d.therapist_id, d.time_zone, d.lead_days, d.horizon_days, d.increment_minutes, d.buffer_before_minutes,
       d.buffer_after_minutes, d.weekly_new_clients, d.caseload_limit, d.caseload_elsewhere, d.paused_until,
       ARRAY(SELECT ARRAY[h.weekday, h.start_minute, h.end_minute]
               FROM scheduling_hours AS h WHERE h.diary_id = d.therapist_id
              ORDER BY h.weekday, h.start_minute) AS hours,
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
                AND (a.status <> 'held' OR a.hold_expires_at > clock_timestamp())) AS taken
  FROM scheduling_diary AS d;
"""

# A therapist's turn is an advisory lock of kind 20, a client's of kind 21. With the turn the therapist's row is locked
# for share: everyone who writes here then takes turn, therapist, appointment, diary in this order, as an import takes
# therapist, diary, and nobody waits in a circle. First the wait, then the reading: in the next statement of a function
# one sees what others committed meanwhile.
TURN = """
CREATE FUNCTION scheduling_wait_for_therapist(whose bigint, patience text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('lock_timeout', patience, true);
    PERFORM pg_advisory_xact_lock(20, (whose % 2147483647)::int);
    PERFORM FROM directory_therapist WHERE id = whose FOR SHARE;
END $$;

CREATE FUNCTION scheduling_wait_for_client(whose bigint, patience text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('lock_timeout', patience, true);
    PERFORM pg_advisory_xact_lock(21, (whose % 2147483647)::int);
END $$;

CREATE FUNCTION scheduling_release_expired(whose bigint) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    released int;
BEGIN
    UPDATE scheduling_appointment
       SET status = 'released', hold_expires_at = NULL, ended_at = clock_timestamp(), hold_key = 'released ' || id
     WHERE therapist_id = whose AND status = 'held' AND hold_expires_at <= clock_timestamp();
    GET DIAGNOSTICS released = ROW_COUNT;
    RETURN released;
END $$;

CREATE FUNCTION scheduling_take_turn(whose bigint, patience text) RETURNS SETOF scheduling_pages LANGUAGE plpgsql AS $$
BEGIN
    PERFORM scheduling_wait_for_therapist(whose, patience);
    PERFORM scheduling_release_expired(whose);
    RETURN QUERY SELECT * FROM scheduling_pages WHERE therapist_id = whose;
END $$;
"""

# Lasts in the database's time. Null: the key is in use.
HOLD = """
CREATE FUNCTION scheduling_put_hold(id bigint, therapist bigint, service text, modality text, location bigint,
                                    session tstzrange, during tstzrange, key text, at timestamptz)
RETURNS timestamptz LANGUAGE plpgsql AS $$
DECLARE
    lasts_until timestamptz;
BEGIN
    INSERT INTO scheduling_appointment (id, therapist_id, service, modality, location_id, session, during, is_intake,
                                        status, hold_key, hold_expires_at, created_at, cancelled_by, sequence)
    VALUES ($1, $2, $3, $4, $5, $6, $7, true, 'held', $8, clock_timestamp() + INTERVAL '15 minutes', $9, '', 0)
    ON CONFLICT (hold_key) DO NOTHING RETURNING hold_expires_at INTO lasts_until;
    RETURN lasts_until;
END $$;
"""

NO_HOLD = (
    "DROP FUNCTION scheduling_put_hold(bigint, bigint, text, text, bigint, tstzrange, tstzrange, text, timestamptz)"
)

NO_TURN = """
DROP FUNCTION scheduling_take_turn(bigint, text);
DROP FUNCTION scheduling_release_expired(bigint);
DROP FUNCTION scheduling_wait_for_client(bigint, text);
DROP FUNCTION scheduling_wait_for_therapist(bigint, text);
"""


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0002_guarantees")]

    operations = [
        migrations.RunSQL(PAGES, "DROP VIEW scheduling_pages"),
        migrations.RunSQL(TURN, NO_TURN),
        migrations.RunSQL(HOLD, NO_HOLD),
    ]
