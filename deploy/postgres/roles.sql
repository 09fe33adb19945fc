-- The databases and the roles of Taskmaster, as a superuser, once; and again to change passwords:
--   psql -v ON_ERROR_STOP=1 -f deploy/postgres/roles.sql
-- The passwords are in the environment, POSTGRES_MIGRATOR_PASSWORD and so on, and never on a command line.
--
-- taskmaster_migrator owns both databases and everything in them; only the command 'migrate' connects as it. What each service
-- may do is in the Grants.sql of AuthServer and TasksApi, which 'migrate' applies.
\getenv migrator_password POSTGRES_MIGRATOR_PASSWORD
\getenv authserver_password POSTGRES_AUTHSERVER_PASSWORD
\getenv tasksapi_password POSTGRES_TASKSAPI_PASSWORD
\getenv mcp_password POSTGRES_MCP_PASSWORD
\getenv web_password POSTGRES_WEB_PASSWORD

SELECT format('CREATE ROLE %I LOGIN', name)
FROM unnest('{taskmaster_migrator,taskmaster_authserver,taskmaster_tasksapi,taskmaster_mcp,taskmaster_web}'::name[]) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

ALTER ROLE taskmaster_migrator PASSWORD :'migrator_password';
ALTER ROLE taskmaster_authserver PASSWORD :'authserver_password';
ALTER ROLE taskmaster_tasksapi PASSWORD :'tasksapi_password';
ALTER ROLE taskmaster_mcp PASSWORD :'mcp_password';
ALTER ROLE taskmaster_web PASSWORD :'web_password';

SELECT format('CREATE DATABASE %I OWNER taskmaster_migrator', name)
FROM unnest('{authdb,tasksdb}'::name[]) AS name
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = name)
\gexec

-- The public schema of Postgres 15 and later is the database's owner's to create in, and everybody else's to use.
REVOKE ALL ON DATABASE authdb, tasksdb FROM PUBLIC;
GRANT CONNECT ON DATABASE authdb TO taskmaster_authserver, taskmaster_tasksapi, taskmaster_mcp, taskmaster_web;
GRANT CONNECT ON DATABASE tasksdb TO taskmaster_tasksapi;
