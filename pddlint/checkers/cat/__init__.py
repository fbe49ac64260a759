"""Rules about catalog files and pictures: each problem a finding of its own, never a crash and never silence."""
