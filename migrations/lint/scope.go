package lint

// scope begins every query. It names what is ours: `ours` is every relation
// outside Postgres' own schemas that no extension made; `allowed` is the list of
// those that rightly hold no tenant's rows, with the reason; `tenants` is the
// rest, each of which must be a proper tenant's table.
const scope = `
WITH allowed (schema, name, reason) AS (VALUES
	('identity', 'tenant',  'found before the tenant is known: by slug, by key'),
	('identity', 'account', 'a person may work for several shops; found by e-mail at login'),
	('identity', 'member',  'which shops a person may enter, asked at login'),
	('identity', 'session', 'found by the hash of a cookie, before the tenant is known'),
	('identity', 'key',     'found by the hash of a publishable key, before the tenant is known'),
	('identity', 'revision',   'one row: how many changes of credentials there were'),
	('identity', 'change',     'which tenant''s credentials changed, asked for all tenants at once'),
	('identity', 'quota',      'set by platform admins, who have no way into a tenant''s tables'),
	('identity', 'usage',      'counts that platform admins see beside the quota; no content'),
	('identity', 'holding',    'counts that platform admins see beside the quota; no content'),
	('identity', 'invitation', 'found by the hash of a link, before the tenant is known'),
	('identity', 'reset',      'found by the hash of a link; an account is no tenant''s'),
	('identity', 'visit',      'found by the hash of a cookie; made by platform admins'),
	('platform', 'admin',      'the platform''s own people; the runtime role has no way into this schema'),
	('platform', 'link',       'one-time links of platform admins'),
	('platform', 'session',    'sign-ins of platform admins'),
	('platform', 'audit',      'what platform admins did, to whichever tenant'),
	('jobs', 'river_job',          'River''s; the arguments name the tenant, and the worker enters it'),
	('jobs', 'river_leader',       'River''s; no tenant''s data'),
	('jobs', 'river_migration',    'River''s; no tenant''s data'),
	('jobs', 'river_notification', 'River''s; names of queues, no tenant''s data'),
	('jobs', 'river_queue',        'River''s; no tenant''s data'),
	('public', 'goose_db_version', 'which migrations have run')
), ours AS (
	SELECT c.oid, c.relkind, c.relacl, c.relrowsecurity, c.relforcerowsecurity, c.reloptions,
	       n.nspname AS schema, c.relname AS name, format('%I.%I', n.nspname, c.relname) AS object
	FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
	  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
), tenants AS (
	SELECT o.*, a.attnum AS tenant_id, a.atttypid, a.attnotnull, a.atthasdef, a.attidentity
	FROM ours o LEFT JOIN pg_attribute a ON a.attrelid = o.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
	WHERE o.relkind IN ('r', 'p', 'f')
	  AND NOT EXISTS (SELECT FROM allowed w WHERE w.schema = o.schema AND w.name = o.name)
)
`

// canonical is the one policy's expression as Postgres prints it.
const canonical = `(tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)`
