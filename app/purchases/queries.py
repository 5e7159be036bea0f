"""Reading purchases: fetching is authorising, what an actor may not see does not exist."""

from app.purchases.policies import HOSTED

get, in_bin = HOSTED.get, HOSTED.in_bin
reach_of, reach_to_export, reach_of_bin = HOSTED.reach_of, HOSTED.reach_to_export, HOSTED.reach_of_bin
