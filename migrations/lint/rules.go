package lint

// The rules in the order of what they look at: tables, policies, keys, what
// else leads to rows, and the roles.
var rules = []rule{
	{"tenant column", `
		SELECT object, 'has no column tenant_id; a table that holds no tenant''s rows must be on the list in this package, with the reason'
		FROM tenants WHERE tenant_id IS NULL
		UNION ALL
		SELECT object, 'tenant_id is not uuid' FROM tenants WHERE tenant_id IS NOT NULL AND atttypid <> 'uuid'::regtype
		UNION ALL
		SELECT object, 'tenant_id may be NULL' FROM tenants WHERE tenant_id IS NOT NULL AND NOT attnotnull
		UNION ALL
		SELECT object, 'tenant_id has a default: a row whose tenant was forgotten must fail'
		FROM tenants WHERE atthasdef OR attidentity <> ''`},

	// A partition, and a table that inherits, is a table of its own here: asked
	// by its own name it knows no policy but its own.
	{"row-level security", `
		SELECT object, 'row-level security is not enabled' FROM tenants WHERE relkind <> 'f' AND NOT relrowsecurity
		UNION ALL
		SELECT object, 'row-level security is not forced on the owner' FROM tenants WHERE relkind <> 'f' AND NOT relforcerowsecurity
		UNION ALL
		SELECT object, 'is a foreign table, which has no row-level security' FROM tenants WHERE relkind = 'f'`},

	{"policy", `
		SELECT object, format('has %s policies; it must have one', (SELECT count(*) FROM pg_policy p WHERE p.polrelid = t.oid))
		FROM tenants t WHERE relkind <> 'f' AND (SELECT count(*) FROM pg_policy p WHERE p.polrelid = t.oid) <> 1
		UNION ALL
		SELECT object, format('policy %I: %s', polname, wrong)
		FROM tenants t JOIN pg_policy p ON p.polrelid = t.oid, LATERAL (VALUES
			(CASE WHEN NOT polpermissive THEN 'is restrictive: alone it admits nothing' END),
			(CASE WHEN polcmd <> '*' THEN 'is for one command and not for all' END),
			(CASE WHEN polroles <> ARRAY[to_regrole('storebot_app')::oid] THEN 'is not for storebot_app alone' END),
			(CASE WHEN pg_get_expr(polqual, polrelid) IS DISTINCT FROM $canonical$` + canonical + `$canonical$
				THEN 'its USING is not the canonical one: ' || coalesce(pg_get_expr(polqual, polrelid), 'none') END),
			(CASE WHEN polwithcheck IS NOT NULL AND pg_get_expr(polwithcheck, polrelid) <> $canonical$` + canonical + `$canonical$
				THEN 'its WITH CHECK is not the canonical expression: ' || pg_get_expr(polwithcheck, polrelid) END)
		) AS w (wrong) WHERE wrong IS NOT NULL`},

	// A unique key over all tenants tells, by its violation, that another
	// tenant's row exists.
	{"key", `
		SELECT t.object, format('unique index %I does not begin with tenant_id', i.indexrelid::regclass::text)
		FROM tenants t JOIN pg_index i ON i.indrelid = t.oid
		WHERE i.indisunique AND i.indkey[0] IS DISTINCT FROM t.tenant_id
		UNION ALL
		SELECT t.object, format('exclusion %I leaves out tenant_id', c.conname)
		FROM tenants t JOIN pg_constraint c ON c.conrelid = t.oid
		WHERE c.contype = 'x' AND NOT coalesce(t.tenant_id = ANY (c.conkey), false)
		UNION ALL
		SELECT object, 'has no primary key' FROM tenants t
		WHERE relkind <> 'f' AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = t.oid AND i.indisprimary)`},

	// Postgres checks foreign keys past row-level security: one without the
	// tenant in it accepts another tenant's row.
	{"foreign key", `
		SELECT t.object, format('foreign key %I leads to %s without tenant_id in it', c.conname, r.object)
		FROM tenants t JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype = 'f' JOIN tenants r ON r.oid = c.confrelid
		WHERE NOT EXISTS (SELECT FROM unnest(c.conkey, c.confkey) AS k (here, there) WHERE k.here = t.tenant_id AND k.there = r.tenant_id)
		UNION ALL
		SELECT t.object, format('foreign key %I leads to %s; only identity.tenant by tenant_id is allowed', c.conname, o.object)
		FROM tenants t JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype = 'f' JOIN ours o ON o.oid = c.confrelid
		WHERE o.oid NOT IN (SELECT oid FROM tenants)
		  AND NOT (o.object = 'identity.tenant' AND c.conkey = ARRAY[t.tenant_id])
		UNION ALL
		SELECT o.object, format('foreign key %I leads from a table without tenants into %s', c.conname, r.object)
		FROM ours o JOIN pg_constraint c ON c.conrelid = o.oid AND c.contype = 'f' JOIN tenants r ON r.oid = c.confrelid
		WHERE o.oid NOT IN (SELECT oid FROM tenants)`},

	// These read with their owner's rights.
	{"view", `
		SELECT object, 'view without security_invoker=true' FROM ours
		WHERE relkind = 'v' AND NOT EXISTS (SELECT FROM unnest(reloptions) AS o WHERE lower(o) IN ('security_invoker=true', 'security_invoker=on', 'security_invoker=1', 'security_invoker=yes'))
		UNION ALL
		SELECT object, 'materialised view: a copy that knows no policy' FROM ours WHERE relkind = 'm'
		UNION ALL
		SELECT object, format('rewrite rule %I', r.rulename) FROM ours o JOIN pg_rewrite r ON r.ev_class = o.oid WHERE relkind IN ('r', 'p')`},

	{"function", `
		SELECT p.oid::regprocedure::text, wrong
		FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace, LATERAL (VALUES
			(CASE WHEN p.prosecdef THEN 'is SECURITY DEFINER: it runs with its owner''s rights' END),
			(CASE WHEN p.proleakproof THEN 'is LEAKPROOF: it may see rows before the policy' END)
		) AS w (wrong)
		WHERE wrong IS NOT NULL AND n.nspname NOT IN ('pg_catalog', 'information_schema')
		  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
		UNION ALL
		SELECT format('cast (%s AS %s)', castsource::regtype, casttarget::regtype), 'a cast to or from uuid or text could change what the policy compares'
		FROM pg_cast k
		WHERE k.oid >= 16384 AND ARRAY[castsource, casttarget] && ARRAY['uuid'::regtype, 'text'::regtype]::oid[]
		  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = k.oid AND d.deptype = 'e')`},

	{"runtime role", `
		SELECT rolname::text, wrong
		FROM pg_roles r, LATERAL (VALUES
			(CASE WHEN rolsuper THEN 'is a superuser' END),
			(CASE WHEN rolbypassrls THEN 'bypasses row-level security' END),
			(CASE WHEN rolcreaterole THEN 'may create roles' END),
			(CASE WHEN rolcreatedb THEN 'may create databases' END),
			(CASE WHEN rolreplication THEN 'may read the write-ahead log' END)
		) AS w (wrong) WHERE wrong IS NOT NULL AND rolname IN ('storebot_app', 'storebot_platform')
		UNION ALL
		SELECT 'storebot_app', 'does not exist' WHERE to_regrole('storebot_app') IS NULL
		UNION ALL
		SELECT m.member::regrole::text, format('is a member of %s', m.roleid::regrole)
		FROM pg_auth_members m WHERE m.member = to_regrole('storebot_app')
		UNION ALL
		SELECT 'storebot_app', format('owns %s', pg_describe_object(classid, objid, 0))
		FROM pg_shdepend
		WHERE refclassid = 'pg_authid'::regclass AND refobjid = to_regrole('storebot_app') AND deptype = 'o'
		  AND dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))`},

	{"privilege", `
		SELECT object, format('storebot_app has %s', acl.privilege_type)
		FROM ours, LATERAL aclexplode(relacl) AS acl
		WHERE relkind IN ('r', 'p', 'f', 'v', 'm') AND acl.grantee = to_regrole('storebot_app')
		  AND acl.privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
		UNION ALL
		SELECT object, format('everyone has %s', acl.privilege_type)
		FROM ours, LATERAL aclexplode(relacl) AS acl WHERE acl.grantee = 0
		UNION ALL
		SELECT nspname::text, 'storebot_app may create in this schema'
		FROM pg_namespace WHERE nspname !~ '^pg_(temp|toast_temp)_' AND has_schema_privilege('storebot_app', oid, 'CREATE')
		UNION ALL
		SELECT current_database()::text, 'storebot_app may create schemas' WHERE has_database_privilege('storebot_app', current_database(), 'CREATE')
		UNION ALL
		SELECT coalesce(d.defaclnamespace::regnamespace::text, 'every schema'),
		       format('future objects will give %s to %s', acl.privilege_type, CASE acl.grantee WHEN 0 THEN 'everyone' ELSE 'storebot_app' END)
		FROM pg_default_acl d, LATERAL aclexplode(d.defaclacl) AS acl
		WHERE d.defaclobjtype = 'r' AND (acl.grantee = 0
		   OR acl.grantee = to_regrole('storebot_app') AND acl.privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE'))`},

	// A default tenant would be there when the program forgot to set one.
	{"setting", `
		SELECT coalesce(r.rolname, 'every role') || ' in ' || coalesce(d.datname, 'every database'), format('has the setting %s', s)
		FROM pg_db_role_setting x LEFT JOIN pg_roles r ON r.oid = x.setrole LEFT JOIN pg_database d ON d.oid = x.setdatabase, unnest(x.setconfig) AS s
		WHERE (x.setdatabase = 0 OR d.datname = current_database())
		  AND split_part(lower(s), '=', 1) IN ('app.tenant_id', 'role', 'session_replication_role', 'row_security')
		UNION ALL
		SELECT 'the server', 'has a default for app.tenant_id' FROM pg_settings WHERE name = 'app.tenant_id' AND coalesce(reset_val, '') <> ''`},
}
