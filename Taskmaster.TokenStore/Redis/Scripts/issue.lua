-- issue.lua: writes new tokens that were not bought with another token. An access token without a grant needs no script.
-- KEYS  1 ended grants of the tag; 2.. the new tokens, all of the same tag
-- ARGV  1 who the grant is among the marks, or ''; then for each token its value and its time to live in ms
-- Returns 'done', or 'ended' when the grant has been revoked; then nothing is written.
-- Keeps: no token is created in a grant that has ended (create against revoke).

if revoked_at(KEYS[1], ARGV[1]) > 0 then
  return { 'ended' }
end

local born = now()

for i = 2, #KEYS do
  write(KEYS[i], ARGV[2 * i - 2], born, ARGV[2 * i - 1])
end

return { 'done' }
