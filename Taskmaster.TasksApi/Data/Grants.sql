-- What the API's role (deploy/postgres/roles.sql) may do in tasksdb, given by the owner of its tables after each migration.
-- A role that does not exist is not made.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'taskmaster_tasksapi') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO taskmaster_tasksapi;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO taskmaster_tasksapi;
    REVOKE INSERT, UPDATE, DELETE ON "__EFMigrationsHistory" FROM taskmaster_tasksapi;
  END IF;
END
$$;
