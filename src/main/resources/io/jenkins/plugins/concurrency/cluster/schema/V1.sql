-- The log of shared groups, and who takes part. All of it lies in one schema: that is the realm.
-- What members do goes through the functions below, each of which is one short transaction.

CREATE TABLE realm (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    version  integer NOT NULL,
    head     bigint  NOT NULL,
    at       float8  NOT NULL,
    clock    float8  NOT NULL,
    beats    bigint  NOT NULL
);
COMMENT ON TABLE realm IS 'One row, which every append locks';
COMMENT ON COLUMN realm.head IS 'The number of the last entry';
COMMENT ON COLUMN realm.at IS 'The time of the log when somebody wrote last, in milliseconds since 1970';
COMMENT ON COLUMN realm.clock IS 'What the clock of the server showed then';

CREATE TABLE member (
    name       text        PRIMARY KEY,
    url        text        NOT NULL,
    epoch      bigint      NOT NULL,
    instance   text        NOT NULL,
    version    integer     NOT NULL,
    lost_after bigint      NOT NULL,
    lost       boolean     NOT NULL DEFAULT false,
    last_call  bigint      NOT NULL DEFAULT 0,
    applied    bigint      NOT NULL DEFAULT 0,
    beat       bigint      NOT NULL,
    seen       timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON COLUMN member.lost_after IS 'In milliseconds';
COMMENT ON COLUMN member.last_call IS 'The number of the last call of this epoch that is in the log';
COMMENT ON COLUMN member.beat IS 'Another number with each sign of life; the clock has no part in who is lost';

CREATE TABLE log (
    seq     bigint  PRIMARY KEY,
    member  text    NOT NULL,
    epoch   bigint  NOT NULL,
    call_no bigint  NOT NULL,
    at      bigint  NOT NULL,
    version integer NOT NULL,
    body    bytea   NOT NULL,
    UNIQUE (member, epoch, call_no)
);
COMMENT ON COLUMN log.call_no IS 'From 1 on; 0 where the member has joined, -1 where it was lost';
COMMENT ON COLUMN log.body IS 'The call; where the member has joined, its instance';

CREATE TABLE snapshot (
    seq     bigint  PRIMARY KEY,
    version integer NOT NULL,
    state   bytea   NOT NULL,
    hash    bytea   NOT NULL
);

INSERT INTO realm (version, head, at, clock, beats) VALUES (1, 0, 0, 0, 0);

CREATE FUNCTION notify_members(seq bigint) RETURNS void LANGUAGE sql AS $$
    SELECT pg_notify('concurrency_' || current_schema(), seq::text)
$$;

-- Locks the realm for the rest of the transaction, so that entries become visible in the order of their numbers. The time of the
-- log never goes back, and never stands still, as deadlines wait for it: where the clock was set back, it goes on nine tenths as
-- fast, until the clock has caught up.
CREATE FUNCTION lock_realm() RETURNS realm LANGUAGE plpgsql AS $$
DECLARE
    r realm;
    now float8;
BEGIN
    SELECT * INTO r FROM realm FOR UPDATE;
    now := extract(epoch FROM clock_timestamp()) * 1000;
    r.at := greatest(r.at + greatest(0, now - r.clock) * 0.9, now);
    r.clock := now;
    RETURN r;
END
$$;

-- The member whose seat this is. JC001: it was lost. JC002: another process has its name.
CREATE FUNCTION seated(p_member text, p_epoch bigint, p_instance text) RETURNS member LANGUAGE plpgsql AS $$
DECLARE
    m member;
BEGIN
    SELECT * INTO m FROM member WHERE name = p_member;
    IF m.epoch > p_epoch AND m.instance <> p_instance THEN
        RAISE EXCEPTION 'Another process has joined as %', p_member USING ERRCODE = 'JC002';
    ELSIF m.epoch IS DISTINCT FROM p_epoch OR m.lost THEN
        RAISE EXCEPTION 'Epoch % of % is over', p_epoch, p_member USING ERRCODE = 'JC001';
    END IF;
    RETURN m;
END
$$;

-- Begins a new epoch. JC002: another process has joined since the epoch that this one had. JC003: the version is too old.
CREATE FUNCTION join_realm(p_member text, p_url text, p_instance text, p_version integer, p_lost_after bigint,
                           p_former bigint, OUT o_epoch bigint, OUT o_seq bigint) LANGUAGE plpgsql AS $$
DECLARE
    r realm;
BEGIN
    r := lock_realm();
    IF p_version < r.version THEN
        RAISE EXCEPTION '%', r.version USING ERRCODE = 'JC003';
    ELSIF p_former > 0 AND EXISTS (
            SELECT FROM member WHERE name = p_member AND epoch > p_former AND instance <> p_instance) THEN
        RAISE EXCEPTION 'Another process has joined as %', p_member USING ERRCODE = 'JC002';
    END IF;
    r.head := r.head + 1;
    r.beats := r.beats + 1;
    INSERT INTO member AS m (name, url, epoch, instance, version, lost_after, beat)
        VALUES (p_member, p_url, 1, p_instance, p_version, p_lost_after, r.beats)
        ON CONFLICT (name) DO UPDATE SET url = p_url, epoch = m.epoch + 1, instance = p_instance, version = p_version,
            lost_after = p_lost_after, lost = false, last_call = 0, beat = r.beats, seen = clock_timestamp()
        RETURNING m.epoch INTO o_epoch;
    INSERT INTO log VALUES (r.head, p_member, o_epoch, 0, floor(r.at), r.version, convert_to(p_instance, 'UTF8'));
    UPDATE realm SET head = r.head, at = r.at, clock = r.clock, beats = r.beats;
    PERFORM notify_members(r.head);
    o_seq := r.head;
END
$$;

-- Appends the calls that are not in yet: an append whose answer was lost may be repeated.
CREATE FUNCTION append(p_member text, p_epoch bigint, p_instance text, p_first bigint, p_calls bytea[])
        RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    r realm;
    m member;
    known integer;
    added integer;
BEGIN
    r := lock_realm();
    m := seated(p_member, p_epoch, p_instance);
    IF p_first > m.last_call + 1 THEN
        RAISE EXCEPTION 'Calls are missing before % of %', p_first, p_member;
    END IF;
    known := m.last_call + 1 - p_first;
    added := greatest(0, cardinality(p_calls) - known);
    INSERT INTO log
        SELECT r.head + n - known, p_member, p_epoch, p_first + n - 1, floor(r.at), r.version, body
        FROM unnest(p_calls) WITH ORDINALITY AS call (body, n)
        WHERE n > known;
    UPDATE realm SET head = r.head + added, at = r.at, clock = r.clock, beats = r.beats + 1;
    UPDATE member SET last_call = m.last_call + added, beat = r.beats + 1, seen = clock_timestamp()
        WHERE name = p_member;
    IF added > 0 THEN
        PERFORM notify_members(r.head + added);
    END IF;
END
$$;

-- A sign of life. Ends the epochs of those who gave none since the last one that somebody saw; lets the version rise.
CREATE FUNCTION touch(p_member text, p_epoch bigint, p_instance text, p_applied bigint,
                      p_silent text[], p_beats bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    r realm;
    m member;
    common integer;
BEGIN
    r := lock_realm();
    PERFORM seated(p_member, p_epoch, p_instance);
    r.beats := r.beats + 1;
    UPDATE member SET applied = p_applied, beat = r.beats, seen = clock_timestamp() WHERE name = p_member;
    FOR m IN SELECT member.* FROM member JOIN unnest(p_silent, p_beats) AS silent (name, beat)
            ON member.name = silent.name AND member.beat = silent.beat
            WHERE NOT lost ORDER BY member.name LOOP
        r.head := r.head + 1;
        UPDATE member SET lost = true WHERE name = m.name;
        INSERT INTO log VALUES (r.head, m.name, m.epoch, -1, floor(r.at), r.version, '');
        PERFORM notify_members(r.head);
    END LOOP;
    SELECT min(version) INTO common FROM member WHERE NOT lost;
    UPDATE realm SET head = r.head, at = r.at, clock = r.clock, beats = r.beats, version = greatest(version, common);
END
$$;

-- Keeps a snapshot if there is none of its number, and deletes what nobody needs any more. The last entry that a member has
-- applied stays: by that it knows that the log is still the one that it was.
CREATE FUNCTION keep_snapshot(p_seq bigint, p_version integer, p_state bytea, p_hash bytea)
        RETURNS bytea LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO snapshot VALUES (p_seq, p_version, p_state, p_hash) ON CONFLICT DO NOTHING;
    DELETE FROM snapshot WHERE seq NOT IN (SELECT seq FROM snapshot ORDER BY seq DESC LIMIT 2);
    DELETE FROM log WHERE seq < least(
        (SELECT max(seq) FROM snapshot), (SELECT coalesce(min(applied), 0) FROM member WHERE NOT lost));
    -- One that is older than those that are kept has nothing to be compared with.
    RETURN coalesce((SELECT hash FROM snapshot WHERE seq = p_seq), p_hash);
END
$$;
