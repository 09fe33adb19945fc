-- What the services' roles (deploy/postgres/roles.sql) may do in authdb, given by the owner of its tables after each migration.
-- Of roles that do not exist none is made. The audit trail can be added to and read by AuthServer, and changed by nobody
-- but the owner; OWASP ASVS 5.0 V16.4.2.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'taskmaster_authserver') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO taskmaster_authserver;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO taskmaster_authserver;
    REVOKE UPDATE, DELETE ON audit_events FROM taskmaster_authserver;
    REVOKE INSERT, UPDATE, DELETE ON "__EFMigrationsHistory" FROM taskmaster_authserver;
  END IF;

  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'taskmaster_tasksapi') THEN
    GRANT SELECT ON data_protection_keys, api_keys TO taskmaster_tasksapi;
    GRANT UPDATE (last_used_at) ON api_keys TO taskmaster_tasksapi;
  END IF;

  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'taskmaster_mcp') THEN
    GRANT SELECT ON data_protection_keys TO taskmaster_mcp;
  END IF;

  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'taskmaster_web') THEN
    GRANT SELECT ON data_protection_keys TO taskmaster_web;
  END IF;
END
$$;
