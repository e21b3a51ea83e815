"""How a booking is queued and a diary is read: one view, and functions that wait their turn and read or write.

They are in the database because a booking is then two statements, not eight, and PostgreSQL keeps their plans.
"""

from __future__ import annotations

from django.db import migrations

# One row per diary. `taken` holds for each appointment that still matters: the bounds of `during` and of
# `session` in whole minutes since 1970 UTC, its status as a place in BEGUN, and whether it is an intake.
PAGES = """
CREATE VIEW scheduling_pages AS
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
                AND (a.status <> 'held' OR a.hold_expires_at > clock_timestamp())) AS taken
  FROM scheduling_diary AS d;
"""

# A therapist's turn is an advisory lock of kind 20, a client's of kind 21. Whoever does more in their transaction also
# locks the therapist's row for share, and the diary, so that nobody writes hours into it meanwhile: everyone then takes
# turn, therapist, diary, appointment, client in this order, as an import takes therapist, diary, and nobody waits in a
# circle. First the wait, then the reading: in the next statement of a function one sees what others committed meanwhile.
# How long one waits is a setting of each function that is called, so that it ends with it: what else the caller does in
# the transaction waits as it would have.
TURN = """
CREATE FUNCTION scheduling_wait(kind int, whose bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(kind, (whose % 2147483647)::int);
END $$;

CREATE FUNCTION scheduling_wait_for_therapist(whose bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM scheduling_wait(20, whose);
    PERFORM FROM directory_therapist WHERE id = whose FOR SHARE;
    PERFORM FROM scheduling_diary WHERE therapist_id = whose FOR NO KEY UPDATE;
END $$;

CREATE FUNCTION scheduling_wait_for_client(whose bigint) RETURNS void LANGUAGE plpgsql
SET lock_timeout = '3s' AS $$
BEGIN
    PERFORM scheduling_wait(21, whose);
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

CREATE FUNCTION scheduling_take_appointment(whose bigint) RETURNS SETOF scheduling_appointment LANGUAGE plpgsql
SET lock_timeout = '3s' AS $$
BEGIN
    PERFORM scheduling_wait_for_therapist(therapist_id) FROM scheduling_appointment WHERE id = whose;
    RETURN QUERY SELECT * FROM scheduling_appointment WHERE id = whose FOR UPDATE;
END $$;
"""

# Writes a hold if the diary still says what was read of it: no change has been committed since, and none can be until
# this is. Lasts in the database's time. `lasts_until` is null where the diary changed, or where the key is in use.
HOLD = """
CREATE FUNCTION scheduling_put_hold(seen bigint, id bigint, therapist bigint, service text, modality text,
                                    location bigint, session tstzrange, during tstzrange, key text, at timestamptz,
                                    OUT changed boolean, OUT lasts_until timestamptz)
LANGUAGE plpgsql SET lock_timeout = '3s' AS $$
DECLARE
    current_version bigint;
BEGIN
    PERFORM scheduling_wait(20, therapist);
    SELECT version INTO current_version FROM scheduling_diary WHERE therapist_id = therapist FOR NO KEY UPDATE;
    changed := current_version IS DISTINCT FROM seen;
    IF changed THEN
        RETURN;
    END IF;
    INSERT INTO scheduling_appointment (id, therapist_id, service, modality, location_id, session, during, is_intake,
                                        status, hold_key, hold_expires_at, created_at, cancelled_by, sequence)
    VALUES ($2, $3, $4, $5, $6, $7, $8, true, 'held', $9, clock_timestamp() + INTERVAL '15 minutes', $10, '', 0)
    ON CONFLICT (hold_key) DO NOTHING RETURNING hold_expires_at INTO lasts_until;
    IF lasts_until IS NOT NULL THEN
        PERFORM audit_record('visitor', 'hold', 'appointment:' || $2, jsonb_build_object('start', lower($7)));
    END IF;
END $$;
"""

NO_HOLD = """
DROP FUNCTION scheduling_put_hold(bigint, bigint, bigint, text, text, bigint, tstzrange, tstzrange, text, timestamptz);
"""

NO_TURN = """
DROP FUNCTION scheduling_take_appointment(bigint);
DROP FUNCTION scheduling_take_turn(bigint);
DROP FUNCTION scheduling_read(bigint);
DROP FUNCTION scheduling_release_expired(bigint);
DROP FUNCTION scheduling_wait_for_client(bigint);
DROP FUNCTION scheduling_wait_for_therapist(bigint);
DROP FUNCTION scheduling_wait(int, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0002_guarantees"), ("audit", "0003_record")]

    operations = [
        migrations.RunSQL(PAGES, "DROP VIEW scheduling_pages"),
        migrations.RunSQL(TURN, NO_TURN),
        migrations.RunSQL(HOLD, NO_HOLD),
    ]
