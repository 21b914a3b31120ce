-- Puts a text where the expected one is.
-- To ask again after it was put is told as what is there now: the text that was put.
-- KEYS: epoch, record.
-- ARGV: epoch.lua's three, hold after a loss, '1' where a text is expected, that text, the new one
--       ('' removes the record), milliseconds to keep it.
-- Answer: what ('absent', 'present' or 'held'), the text that was there, milliseconds that it is kept,
--         epoch, sequence.
if redis.call('HEXISTS', KEYS[1], 'lost') == 1 then
  local left = math.min(born + ARGV[4] - now, tonumber(ARGV[4]))
  if left > 0 then
    return { 'held', '', left, epoch, sequence }
  end
end

local text = redis.call('GET', KEYS[2])
local left = math.max(redis.call('PTTL', KEYS[2]), 0)
local is_expected
if ARGV[5] == '1' then
  is_expected = text == ARGV[6]
else
  is_expected = not text
end
if is_expected then
  if ARGV[7] == '' then
    redis.call('DEL', KEYS[2])
  else
    redis.call('SET', KEYS[2], ARGV[7], 'PX', ARGV[8])
  end
  sequence = redis.call('HINCRBY', KEYS[1], 'sequence', 1)
end
if text then
  return { 'present', text, left, epoch, sequence }
end
return { 'absent', '', 0, epoch, sequence }
