-- Tells a process that begins which data set this is.
-- Answer: epoch, sequence.
return { epoch, sequence }
