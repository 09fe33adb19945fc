-- birth.lua: says when a token was born that one SET wrote.
-- KEYS  1 the token
-- Returns 'done' and the time in us, 0 when the token is gone: then every mark is later.

local value = token(KEYS[1])
return { 'done', digits(value and born(KEYS[1], value) or 0) }
