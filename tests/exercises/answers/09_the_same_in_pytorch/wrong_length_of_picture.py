# loses 09-dataset-tests: takes the height for the number of pictures
# told: `len` should give the number of pictures

# %% grade_id="09-dataset"
class PictureData(Dataset):
    def __init__(self, pictures, labels):
        self.pictures, self.labels = pictures, labels

    def __len__(self):
        return self.pictures.shape[1]

    def __getitem__(self, i):
        picture = torch.from_numpy(self.pictures[i]).permute(2, 0, 1).float()
        return picture / 255, int(self.labels[i])

pictures_of_data, labels_of_data = dataset_functions(PictureData)  # for the checks
