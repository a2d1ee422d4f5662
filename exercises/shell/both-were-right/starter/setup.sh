# Makes the repository bakery/ with its two branches.
set -e
git init -q -b main bakery
cd bakery
git config user.name Ines
git config user.email ines@example.org
git config commit.gpgsign false
export GIT_AUTHOR_DATE="2025-06-02T06:00:00Z" GIT_COMMITTER_DATE="2025-06-02T06:00:00Z"
printf 'roll 60\nbread 420\ncake 310\n' > prices.txt
git add prices.txt
git commit -q -m "Write the price list"

git checkout -q -b summer
printf 'roll 60\nbread 420\nlemonade 220\ncake 310\n' > prices.txt
echo "Cold lemonade!" > poster.txt
git add prices.txt poster.txt
git commit -q -m "Sell lemonade"

git checkout -q main
printf 'roll 60\nbread 450\ncake 310\n' > prices.txt
git commit -q -a -m "Raise the price of bread"
