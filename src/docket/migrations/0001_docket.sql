-- What people did, one row a command. `body` is what is signed and hashed; `kind` repeats its deed, to find it.
CREATE TABLE acts (
    number BIGINT PRIMARY KEY,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL,
    signature TEXT NOT NULL
);
CREATE INDEX acts_by_kind ON acts (kind, number);

-- What each act did to each decision that it concerns; the act's body holds their digest.
CREATE TABLE events (
    act BIGINT NOT NULL,
    decision BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (act, decision)
);
CREATE INDEX events_by_decision ON events (decision, act);

-- Where every decision stands: what its events come to, kept to be searched.
CREATE TABLE decisions (
    id BIGINT PRIMARY KEY,
    list TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    case_number TEXT NOT NULL,
    expires BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX decisions_by_name ON decisions (name);

-- Private keys of those who act by a passphrase, encrypted with it.
CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    pem TEXT NOT NULL
);
